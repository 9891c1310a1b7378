package org.sallyport.channel.link;

import java.io.IOException;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings MINA's events to the {@link Link} of their connection. */
public abstract class LinkHandler extends IoHandlerAdapter {
    static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final AttributeKey LINK = new AttributeKey(LinkHandler.class, "link");

    /** Ties a link to its connection; to be called before it is opened. */
    public static void attach(IoSession session, Link link) {
        session.setAttribute(LINK, link);
    }

    private static Link link(IoSession session) {
        return (Link) session.getAttribute(LINK);
    }

    @Override
    public void sessionOpened(IoSession session) {
        Link link = link(session);
        if (link != null) {
            link.onOpened();
        }
    }

    @Override
    public void messageReceived(IoSession session, Object message) {
        Link link = link(session);
        if (link != null && message instanceof IoBuffer bytes) {
            link.onRead(bytes.buf());
        }
    }

    @Override
    public void messageSent(IoSession session, Object message) {
        Link link = link(session);
        if (link != null && message instanceof IoBuffer bytes) {
            link.onWritten(bytes.limit());
        }
    }

    @Override
    public void inputClosed(IoSession session) {
        session.closeNow();
    }

    @Override
    public void exceptionCaught(IoSession session, Throwable failure) {
        String why = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (failure instanceof IOException) {
            LOG.trace("Connection {} from {} failed: {}", session.getId(), session.getRemoteAddress(), why);
        } else {
            LOG.warn("Connection {} from {} failed", session.getId(), session.getRemoteAddress(), failure);
        }
        Link link = link(session);
        if (link == null) {
            session.closeNow();
        } else {
            link.closeNow(why);
        }
    }

    @Override
    public void sessionClosed(IoSession session) {
        Link link = link(session);
        if (link != null) {
            link.onClosed();
        }
    }
}
