// Package inboxui is the page "my work", where everybody begins: a calm list,
// the most urgent first, each line one tap away from the act.
package inboxui
