/**
 * One encrypted connection on one network thread, the same for both ends: MINA moves bytes, {@code TlsMachine} encrypts, {@code Link}
 * counts what waits. Not exported; the transport carries a private copy.
 */
package org.sallyport.channel.link;
