package org.sallyport.cli;

import picocli.CommandLine.Option;

/** The form of what goes to standard output. */
final class OutputOption {
    /** Named as on the command line. */
    enum Form {
        /** One document, for programs. */
        json,
        /** Rows, for people; may change. */
        table
    }

    @Option(
            names = "--output",
            paramLabel = "FORM",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    Form form;

    boolean json() {
        return form == Form.json;
    }
}
