// Package remindui shows people what they were reminded of, live, and offices who
// below them is late, whom to call and what to paste into a chat. It decides nothing:
// package remind does. Read [Add] first.
package remindui
