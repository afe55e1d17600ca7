// Package folder puts before a leader, on paper, what waits for a decision, and takes
// the decisions back in.
//
// A folder is printed once: a summary on one sheet, then a submission slip for each
// item, with what is proposed, the ways to decide and a code. Whoever the leader handed
// that over to enters a slip that came back, with its picture: the use case of the item
// then runs as the leader's, with the leader's rights of that moment, and the event of
// the decision says who entered it ([access.OnPaper]). A decision on something that has
// moved since it was printed is refused.
//
// It holds nothing of the items: what waits, inbox and the parts know. Read [Slip]
// first, then [Reader.Print], [Enter] and [Verification].
package folder
