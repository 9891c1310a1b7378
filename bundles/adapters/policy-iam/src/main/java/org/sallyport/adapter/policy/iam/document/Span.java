package org.sallyport.adapter.policy.iam.document;

/** Where a statement stands in its document's text; lines and columns count from one, the end is behind its brace. */
public record Span(int startLine, int startColumn, int endLine, int endColumn) {}
