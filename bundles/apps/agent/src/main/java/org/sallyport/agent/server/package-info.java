/** The server as the agent sees it: its API, its channel port, and the credentials for both. */
package org.sallyport.agent.server;
