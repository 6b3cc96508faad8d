import { failureOf } from "../engine/failure";

/** Whether the command line itself was wrong, as `parseArgs` reports it. */
function isUsageError(error: unknown): boolean {
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

/** Runs a command; failures are said in a line or two, without a stack, and set the exit status. */
export function main(command: (args: string[]) => Promise<number>): void {
  command(process.argv.slice(2)).then(
    (status) => {
      process.exitCode = status;
    },
    (error: unknown) => {
      const { message, remedy } = failureOf(error, undefined);
      console.error(
        `${message}\n${isUsageError(error) ? "Give --help for what the command takes." : remedy}`,
      );
      process.exitCode = 1;
    },
  );
}
