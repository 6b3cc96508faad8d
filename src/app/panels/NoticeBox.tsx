import type { ReactNode } from "react";

/** One thing that went wrong or is worth knowing, with the way out. */
export function NoticeBox(props: {
  readonly kind: "danger" | "warning";
  readonly title: string;
  readonly remedy: string;
  readonly children?: ReactNode;
}): React.JSX.Element {
  return (
    <div className={`notice notice-${props.kind}`}>
      <div>
        <strong>{props.title}</strong> <span>{props.remedy}</span>
        {props.kind === "danger" && props.children}
      </div>
      {props.kind === "warning" && props.children}
    </div>
  );
}
