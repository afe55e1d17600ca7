// Package reportui is the screens of reports: the form, the report with its
// evidence, the queue of a unit that accepts, and the tick list by which a
// committee reports for its cells.
//
// It shows and asks; what may be done and what is right, package report decides.
// Nothing typed is lost: the browser keeps a form until it is sent, the form
// saves itself as a draft, and a refusal shows what was typed with what is
// wrong. Read [Add] first.
package reportui
