/** The control channel: orders from the server, and what became of them. */
package org.sallyport.agent.control;
