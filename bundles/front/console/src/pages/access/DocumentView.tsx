import "./editor.css";
import { pretty } from "./documents";

/** A document to read, with the numbers of its lines; one that is stored in a single line is shown in several. */
export function DocumentView({ label, text }: { label: string; text: string }) {
  const shown = text.includes("\n") ? text : pretty(text);
  return (
    <div className="document">
      <ol className="document-lines" aria-hidden="true">
        {shown.split("\n").map((_, index) => (
          <li key={index}>{index + 1}</li>
        ))}
      </ol>
      <pre className="document-text document-shown" tabIndex={0} aria-label={label} role="region">
        {shown}
      </pre>
    </div>
  );
}
