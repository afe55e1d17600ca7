// Package searchui is the page on which things are found, and the same list as it
// appears under the field of every page while one types.
package searchui
