/** The trail: records, the chain on the disk, and reading it. */
package org.sallyport.core.audit;
