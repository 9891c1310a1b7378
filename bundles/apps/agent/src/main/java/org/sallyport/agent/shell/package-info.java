/** Shells on pseudo-terminals: whose they are, what they see, how they end. Linux. */
package org.sallyport.agent.shell;
