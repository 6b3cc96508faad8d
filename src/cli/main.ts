import { failureOf } from "../engine/failure";

/** Runs a command; failures are said in a line or two, without a stack, and set the exit status. */
export function main(command: (args: string[]) => Promise<number>): void {
  command(process.argv.slice(2)).then(
    (status) => {
      process.exitCode = status;
    },
    (error: unknown) => {
      const { message, remedy } = failureOf(error, undefined);
      console.error(`${message}\n${remedy}`);
      process.exitCode = 1;
    },
  );
}
