package org.sallyport.front.console.api;

/** A policy document, JSON text. */
record PolicyText(String document) {}
