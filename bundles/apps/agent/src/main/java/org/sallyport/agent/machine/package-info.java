/** What differs from one operating system to the next, but for shells: its names, and files that are nobody else's. */
package org.sallyport.agent.machine;
