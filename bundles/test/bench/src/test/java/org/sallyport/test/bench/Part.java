package org.sallyport.test.bench;

/** One measurement; adds its rows to the report. */
interface Part {
    void measure(Setting setting) throws Exception;
}
