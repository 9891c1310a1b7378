/** Cloud instances by their identity documents. Nothing here is exported. */
package org.sallyport.adapter.node.cloud;
