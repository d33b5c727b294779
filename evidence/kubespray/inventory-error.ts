/** Why Ansible would not read an inventory. Stays within this folder: readInventory turns it into a problem. */
export class InventoryError extends Error {
  constructor(
    message: string,
    readonly line?: number,
  ) {
    super(message);
  }
}
