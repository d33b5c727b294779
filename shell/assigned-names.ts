import type { ArithmeticExpression } from "unbash";

const ASSIGNS = /^(?:=|[-+*/%&|^]=|<<=|>>=)$/;

/** The variables that an arithmetic expression assigns: `X = 1`, `X += 1`, `X++`. */
export function assignedNames(expression: ArithmeticExpression | undefined): readonly string[] {
  switch (expression?.type) {
    case "ArithmeticBinary": {
      const { left, operator, right } = expression;
      const below = [...assignedNames(left), ...assignedNames(right)];
      return ASSIGNS.test(operator) ? [...namesIn(left), ...below] : below;
    }
    case "ArithmeticUnary": {
      const { operand, operator } = expression;
      return operator === "++" || operator === "--" ? namesIn(operand) : assignedNames(operand);
    }
    case "ArithmeticTernary":
      return [expression.test, expression.consequent, expression.alternate].flatMap(assignedNames);
    case "ArithmeticGroup":
      return assignedNames(expression.expression);
    default:
      return [];
  }
}

/** `X`, or `A` of `A[1]`. */
function namesIn(target: ArithmeticExpression): readonly string[] {
  const name = target.type === "ArithmeticWord" ? /^[A-Za-z_]\w*/.exec(target.value)?.[0] : undefined;
  return name === undefined ? [] : [name];
}
