package org.sallyport.test.e2e;

import org.sallyport.cli.session.Screen;
import org.sallyport.cli.session.StatusLine;

/** A screen that takes the node's bytes only; it remembers what the session said last of itself. */
public abstract class PlainScreen implements Screen {
    private volatile String said = "";

    /** For a person who asks why it does not go on. */
    public String said() {
        return said;
    }

    @Override
    public abstract void output(byte[] bytes);

    @Override
    public void error(byte[] bytes) {
        output(bytes);
    }

    @Override
    public boolean notice(String text) {
        said = text;
        return true;
    }

    @Override
    public void status(StatusLine line) {
        said = line.toString();
    }

    @Override
    public boolean clearStatus(String news) {
        said = news;
        return false;
    }

    @Override
    public void end() {
        said += "; ended";
    }
}
