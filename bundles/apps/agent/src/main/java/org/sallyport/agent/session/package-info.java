/** Sessions on this node: the data channel, its two streams, and the shell between them. */
package org.sallyport.agent.session;
