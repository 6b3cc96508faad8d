import "react";

declare module "react" {
  interface CSSProperties {
    /** A share 0..1 that a style sheet turns into a length. */
    "--share"?: string;
  }
}
