// Package server runs LiveKit in this process: what giaoban media does.
//
// It is a process of its own, because LiveKit ends its process when it recovers
// from a panic of its own: one participant's packets must not take reports down. Nothing
// but the command imports this package, so that nothing else links LiveKit. Read [Run].
package server
