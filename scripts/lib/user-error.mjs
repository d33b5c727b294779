/** An error that whoever runs a script can act on: printed as it is, without a stack. */
export class UserError extends Error {}
