// Package exchangeui is the page by which whoever runs the system carries bundles between
// the inside and a public installation: one to be saved, one to be taken, and the key
// that the other side proves them by.
//
// It owns nothing: what a bundle is, and what taking one does, is the exchange's.
package exchangeui
