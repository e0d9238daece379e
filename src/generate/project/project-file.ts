/** One file of a new project, by its path from the project's root. */
export interface ProjectFile {
  readonly path: string;
  readonly content: string | Uint8Array;
  /** The file that it is a copy of, in what platc ships: a program there is one here. */
  readonly copyOf?: string;
  /** Whether it holds all that the file holds that is there. */
  readonly isAddition?: boolean;
}
