/** The character classes of go-yaml v2 (yamlprivateh.go, v2.4.0), on UTF-16 code units; 0 is the end of the text. */
export const END = 0;

export const isLineFeed = (c: number): boolean =>
  c === 0x0a || c === 0x0d || c === 0x85 || c === 0x2028 || c === 0x2029;

export const isBlank = (c: number): boolean => c === 0x20 || c === 0x09;

export const isBreakOrEnd = (c: number): boolean => isLineFeed(c) || c === END;

export const isBlankOrEnd = (c: number): boolean => isBlank(c) || isBreakOrEnd(c);

export const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39;

/** Letters, digits, `_` and `-`: what names of anchors, handles and directives are made of. */
export const isWord = (c: number): boolean =>
  isDigit(c) || (c >= 0x41 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a) || c === 0x5f || c === 0x2d;

export const isHex = (c: number): boolean => isDigit(c) || (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66);

/** What the reader lets in (readerc.go); surrogates are checked by the caller, who sees both halves. */
export const isAllowed = (c: number): boolean =>
  c === 0x09 || c === 0x0a || c === 0x0d || (c >= 0x20 && c <= 0x7e) || c === 0x85 || (c >= 0xa0 && c <= 0xfffd);
