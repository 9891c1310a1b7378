/** Who this node is: its registration, its key, and where both are kept. */
package org.sallyport.agent.identity;
