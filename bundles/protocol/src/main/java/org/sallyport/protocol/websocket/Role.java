package org.sallyport.protocol.websocket;

/** Which end we are: a client masks what it sends, a server wants it masked (RFC 6455, section 5.1). */
public enum Role {
    SERVER,
    CLIENT
}
