/** Shells on pseudo-terminals: whose they are, what they see, how they end; on Linux, macOS and Windows. */
package org.sallyport.agent.shell;
