import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useRef, type KeyboardEvent } from "react";
import type { PolicyKind, Review } from "../../api/access";
import "./editor.css";
import { indent, lineRange, pretty } from "./documents";
import { levels, linesText, marksOf, type Mark } from "./marks";
import { useReview } from "./useReview";

interface Props {
  label: string;
  kind: PolicyKind;
  value: string;
  onChange: (value: string) => void;
}

/**
 * A policy document with the numbers of its lines, and under it what the server says of it while it is written. Tab goes on to the next
 * control, as everywhere; Ctrl+] and Ctrl+[ move lines.
 */
export function DocumentEditor({ label, kind, value, onChange }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLOListElement>(null);
  const { review, problem, fresh } = useReview(value, kind);
  const marks = review ? marksOf(review) : [];
  const worst = levels(marks);
  const count = value.split("\n").length;

  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if ((event.ctrlKey || event.metaKey) && (event.key === "]" || event.key === "[")) {
      event.preventDefault();
      const { selectionStart, selectionEnd } = event.currentTarget;
      const moved = indent(value, selectionStart, selectionEnd, event.key === "]");
      onChange(moved.text);
      const at = event.currentTarget;
      requestAnimationFrame(() => at.setSelectionRange(moved.from, moved.to));
    }
  };
  const show = (mark: Mark) => {
    const [from, to] = lineRange(value, Math.max(1, mark.from));
    area.current?.focus();
    area.current?.setSelectionRange(from, to);
    if (area.current) {
      area.current.scrollTop = Math.max(0, mark.from - 4) * LINE;
    }
  };

  return (
    <SpaceBetween size="s">
      <div className="document">
        <ol className="document-lines" aria-hidden="true" ref={gutter}>
          {Array.from({ length: count }, (_, index) => (
            <li key={index} className={worst.get(index + 1) ?? ""}>
              {index + 1}
            </li>
          ))}
        </ol>
        <textarea
          ref={area}
          className="document-text"
          aria-label={label}
          aria-invalid={marks.some((mark) => mark.level === "error")}
          wrap="off"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          rows={Math.min(30, Math.max(12, count + 1))}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={pressed}
          onScroll={(event) => {
            if (gutter.current) {
              gutter.current.scrollTop = event.currentTarget.scrollTop;
            }
          }}
        />
      </div>
      <SpaceBetween size="xs" direction="horizontal" alignItems="center">
        <Button variant="inline-link" formAction="none" onClick={() => onChange(pretty(value))}>
          Format
        </Button>
        <span role="status">
          <Summary review={review} fresh={fresh} />
        </span>
      </SpaceBetween>
      {problem && (
        <Alert
          type={problem.kind === "access-denied" ? "info" : "warning"}
          header="The document is not checked while you write"
        >
          {problem.message}
        </Alert>
      )}
      {marks.length > 0 && <Marks marks={marks} onShow={show} />}
    </SpaceBetween>
  );
}

/** Height of a line, as the style sheet has it. */
const LINE = 20;

function Summary({ review, fresh }: { review: Review | undefined; fresh: boolean }) {
  if (!fresh) {
    return <StatusIndicator type="in-progress">Checking</StatusIndicator>;
  }
  if (!review) {
    return null;
  }
  const size =
    review.quota > 0 ? `${review.characters} of ${review.quota} characters` : `${review.characters} characters`;
  return review.faults.length > 0 ? (
    <StatusIndicator type="error">Cannot be stored, {size}</StatusIndicator>
  ) : review.findings.length > 0 ? (
    <StatusIndicator type="warning">
      Can be stored, with {review.findings.length} to look at, {size}
    </StatusIndicator>
  ) : (
    <StatusIndicator type="success">Can be stored, {size}</StatusIndicator>
  );
}

const NAMES = { error: "Error", high: "High", medium: "Medium" } as const;

/** What is to be said, each with a button that leads to its line. */
function Marks({ marks, onShow }: { marks: readonly Mark[]; onShow: (mark: Mark) => void }) {
  return (
    <ul className="document-marks" aria-label="Findings">
      {marks.map((mark, index) => (
        <li key={index}>
          <Box>
            <StatusIndicator type={mark.level === "medium" ? "warning" : "error"}>{NAMES[mark.level]}</StatusIndicator>{" "}
            {mark.from > 0 && (
              <Button
                variant="inline-link"
                formAction="none"
                onClick={() => onShow(mark)}
                ariaLabel={`Show ${linesText(mark)}: ${mark.title}`}
              >
                {linesText(mark)}
              </Button>
            )}{" "}
            <b>{mark.title}</b> {mark.text}
          </Box>
        </li>
      ))}
    </ul>
  );
}
