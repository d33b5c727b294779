/** A place in plain data where a text can be put: `props.create`, `props.create word 3: kubeadm`. */
export interface Place {
  readonly name: string;
  /** True for a word or a line of a text, false for all of it. */
  readonly isPart: boolean;
  /** The data with another text in that place. */
  readonly with: (text: string) => unknown;
}

/** Every text in the data, every word of those that have several, a line after each of their lines, and every key. */
export function placesOf(data: unknown, name = ""): readonly Place[] {
  if (typeof data === "string") return textPlaces(data, name);
  if (Array.isArray(data)) {
    const items: readonly unknown[] = data;
    return items.flatMap((item, index) =>
      placesOf(item, `${name}[${index}]`).map((place) => ({
        ...place,
        with: (text: string) => items.map((one, at) => (at === index ? place.with(text) : one)),
      })),
    );
  }
  if (typeof data !== "object" || data === null || Object.getPrototypeOf(data) !== Object.prototype) return [];
  const entries = Object.entries(data);
  return entries.flatMap(([key, item], index) => [
    ...placesOf(item, name === "" ? key : `${name}.${key}`).map((place) => ({
      ...place,
      with: (text: string) => Object.fromEntries(entries.with(index, [key, place.with(text)])),
    })),
    {
      name: `${name} key ${key}`,
      isPart: false,
      with: (text: string) => Object.fromEntries(entries.with(index, [text, item])),
    },
  ]);
}

/** The places in a text. */
export function textPlaces(text: string, name: string): readonly Place[] {
  const whole: Place = { name, isPart: false, with: (mark) => mark };
  const words = [...text.matchAll(/[^\s"'`=,:;|&()<>[\]{}]+/g)];
  if (words.length < 2) return [whole];
  const lines = [...text.matchAll(/\n/g)];
  return [
    whole,
    ...words.map(({ 0: word, index }) => ({
      name: `${name} word ${index}: ${word}`,
      isPart: true,
      with: (mark: string) => `${text.slice(0, index)}${mark}${text.slice(index + word.length)}`,
    })),
    ...lines.map(({ index }, number) => ({
      name: `${name} after line ${number + 1}`,
      isPart: true,
      with: (mark: string) => `${text.slice(0, index)}\n${mark}${text.slice(index)}`,
    })),
  ];
}

/** The shapes to plant in a place: all in a text of its own, one by turns in each word and line of a longer one. */
export function shapesFor<Shape>({ isPart }: Place, index: number, shapes: readonly Shape[]): readonly Shape[] {
  if (!isPart) return shapes;
  return shapes.filter((_, at) => at === index % shapes.length);
}
