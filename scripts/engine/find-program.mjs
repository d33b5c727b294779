import { accessSync, constants } from "node:fs";
import { delimiter, join, sep } from "node:path";
import { engineRoot } from "./place-folder.mjs";

/** The folders on PATH, without those that the project made itself. */
export function foldersOnPath() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.filter((folder) => folder !== "" && !folder.startsWith(engineRoot + sep));
}

/** The first program of that name that can be run. */
export function findProgram(name, folders) {
  return folders.map((folder) => join(folder, name)).find(canBeRun);
}

function canBeRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
