/** A failure of a file, a download or a store, said so that a person can act on it. */
export class FileError<Code extends string = string> extends Error {
  readonly code: Code;
  /** What is wrong, naming the file. */
  readonly fault: string;
  /** What the person can do. */
  readonly remedy: string;

  constructor(code: Code, fault: string, remedy: string, options?: ErrorOptions) {
    super(`${fault} ${remedy}`, options);
    this.name = new.target.name;
    this.code = code;
    this.fault = fault;
    this.remedy = remedy;
  }
}
