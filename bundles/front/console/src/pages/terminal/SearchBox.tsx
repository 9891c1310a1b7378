import Button from "@cloudscape-design/components/button";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import { useEffect, useRef, useState } from "react";

interface Props {
  /** How often the person asked for it: each time the keyboard comes here. */
  asked: number;
  found: { readonly index: number; readonly count: number };
  onSearch: (text: string, backwards: boolean, incremental: boolean) => void;
  onClose: () => void;
}

/** Searches what the terminal shows and has shown. Enter goes on, Shift+Enter back, Escape closes. */
export function SearchBox({ asked, found, onSearch, onClose }: Props) {
  const [text, setText] = useState("");
  const input = useRef<InputProps.Ref>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [asked]);
  const place = found.index < 0 ? `${found.count} found` : `${found.index + 1} of ${found.count}`;

  return (
    <div role="search" className="terminal-search">
      <Input
        ref={input}
        type="search"
        value={text}
        ariaLabel="Search the terminal"
        placeholder="Search"
        onChange={({ detail }) => {
          setText(detail.value);
          onSearch(detail.value, false, true);
        }}
        onKeyDown={({ detail }) => {
          if (detail.key === "Enter") {
            onSearch(text, detail.shiftKey, false);
          } else if (detail.key === "Escape") {
            onClose();
          }
        }}
      />
      <span role="status">{text === "" ? "" : found.count === 0 ? "Not found" : place}</span>
      <Button
        variant="icon"
        iconName="angle-up"
        ariaLabel="Earlier match"
        onClick={() => onSearch(text, true, false)}
      />
      <Button
        variant="icon"
        iconName="angle-down"
        ariaLabel="Later match"
        onClick={() => onSearch(text, false, false)}
      />
      <Button variant="icon" iconName="close" ariaLabel="Close the search" onClick={onClose} />
    </div>
  );
}
