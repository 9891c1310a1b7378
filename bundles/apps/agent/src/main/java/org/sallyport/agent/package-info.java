/** The node agent's command line. */
package org.sallyport.agent;
