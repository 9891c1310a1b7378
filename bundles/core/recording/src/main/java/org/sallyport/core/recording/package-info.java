/** Journals of sessions. The format of the files: {@code docs/journal-format.md}. */
package org.sallyport.core.recording;
