/** One agent becomes the next in the same process, so that the shells it holds go on. */
package org.sallyport.agent.succession;
