// Package search finds what a person may see by its words, with and without
// diacritics, as it is typed.
//
// It owns the index of what has words: directives, reports with remarks, difficulties,
// tasks, briefings with their papers, minutes, conclusions and notices, and the papers of
// registers. [Index.Apply] keeps it, as a durable follower of the log; a new version of
// the index is made from the first event. Units are not in it: the tree in memory finds
// them.
//
// The words are made here, by one tokenizer for both databases ([Words]); the
// databases only match them. The order is ours: words as they were typed before
// words without their marks, those of a title before those of the text, the newest
// first. Whether a person may read what was found is asked of the part that owns
// it, before anything is counted or cut.
//
// Read [Index] first, then [Index.Find].
package search
