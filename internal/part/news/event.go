package news

import (
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// Kinds of events about the public page; their subject is "article:" and the id.
const (
	WasBegun     ledger.Kind = "news.begun"     // payload [Act]
	WasPublished ledger.Kind = "news.published" // payload [Act], with all that the public reads
	WasCorrected ledger.Kind = "news.corrected" // payload [Act], with that and what was corrected
	WasWithdrawn ledger.Kind = "news.withdrawn" // payload [Act], with the reason

	WasHandedIn    ledger.Kind = "news.handed-in"   // payload [Act], with the revision
	WasSentBack    ledger.Kind = "news.sent-back"   // payload [Act], with the reason
	WasApproved    ledger.Kind = "news.approved"    // payload [Act], with all that was approved
	WasScheduled   ledger.Kind = "news.scheduled"   // payload [Act], with the moment
	WasUnscheduled ledger.Kind = "news.unscheduled" // payload [Act]
	WasReopened    ledger.Kind = "news.reopened"    // payload [Act]: the text changed after it was approved
	WasStuck       ledger.Kind = "news.stuck"       // payload [Act], with the key of what kept it from being published

	CommentSent       ledger.Kind = "news.comment"           // payload [Sent], which can be erased
	CommentShown      ledger.Kind = "news.comment-shown"     // payload [Decided]
	CommentRefused    ledger.Kind = "news.comment-refused"   // payload [Decided], with the reason
	CommentReplied    ledger.Kind = "news.comment-replied"   // payload [Decided], with the reply
	CommentCut        ledger.Kind = "news.comment-cut"       // payload [Decided], with all that is cut now
	CommentReopened   ledger.Kind = "news.comment-reopened"  // payload [Decided]
	CommentAgreed     ledger.Kind = "news.comment-agreed"    // payload [Decided], without a name: a reader agrees
	CommentSorted     ledger.Kind = "news.comment-topic"     // payload [Decided], with the topic
	CommentHanded     ledger.Kind = "news.comment-handed"    // payload [Decided], with the difficulty that it became
	CommentTakenBack  ledger.Kind = "news.comment-withdrawn" // payload [Decided], without a name: by who sent it
	ReaderConfirmed   ledger.Kind = "news.reader-confirmed"  // payload [ReaderAct]; its subject is "reader:" and the id
	ReaderAsked       ledger.Kind = "news.reader-asked"      // payload [ReaderAct]: for a link to all that was sent with an address
	RulesWereSet      ledger.Kind = "news.rules"             // payload [RulesSet]; its subject is "desk:" and the unit's id
	CategoriesWereSet ledger.Kind = "news.categories"        // payload [CategoriesSet]; its subject is as that of RulesWereSet
	OpinionsSet       ledger.Kind = "news.comments"          // payload [Act]: whether readers may send theirs
)

// Kinds of events about public boards; their subject is "public-board:" and the id.
const (
	BoardAsked     ledger.Kind = "news.board-asked"     // payload [BoardRequest]: nothing is public by it
	BoardCleared   ledger.Kind = "news.board-cleared"   // payload [Cleared], with all that the public is shown
	BoardWithdrawn ledger.Kind = "news.board-withdrawn" // payload [BoardTaken], with the reason
)

// SiteWasSet says that the public page is shown in another way: its payload is [SiteSet],
// its subject [SiteSubject].
const SiteWasSet ledger.Kind = "news.site"

// SiteSubject is the subject of SiteWasSet.
const SiteSubject = "news:site"

// SiteSet is the payload of SiteWasSet.
type SiteSet struct {
	Site Site   `json:"site"`
	By   string `json:"by"`
}

// SideWasTaken says that a bundle of another installation was taken; its subject is
// "news-side:" and the role, its payload [SideTaken].
const SideWasTaken ledger.Kind = "news.side-taken"

// SideTaken is the payload of SideWasTaken.
type SideTaken struct {
	Key       string `json:"key"` // of the other installation
	Sequence  int64  `json:"sequence"`
	Manifest  string `json:"manifest"`            // SHA-256 of what the bundle says it holds, hex
	Articles  int    `json:"articles,omitempty"`  // that are others than before
	Boards    int    `json:"boards,omitempty"`    // public ones, the same
	Decisions int    `json:"decisions,omitempty"` // about readers' comments, the same
	Settings  int    `json:"settings,omitempty"`  // of the site and its desks, that are others than before
	Opinions  int    `json:"opinions,omitempty"`  // of readers, that were not known
	Gone      int    `json:"gone,omitempty"`      // of those: taken back meanwhile
	Left      int    `json:"left,omitempty"`      // of those: left out, since what they are about is not here
	Name      string `json:"name"`
}

// BoardRequest is the payload of BoardAsked.
type BoardRequest struct {
	Board     int64       `json:"board"`
	Unit      tree.UnitID `json:"unit"`
	Directive int64       `json:"directive"`
	Title     string      `json:"title"`
	Cells     []BoardCell `json:"cells"`
	Moment    time.Time   `json:"moment"`
	Name      string      `json:"name"`
}

// BoardTaken is the payload of BoardWithdrawn.
type BoardTaken struct {
	Board   int64       `json:"board"`
	Unit    tree.UnitID `json:"unit"`
	Version int64       `json:"version,omitempty"` // that is shown no more; 0 where none was
	Reason  string      `json:"reason"`
	By      string      `json:"by"` // name and post
}

// Act is the payload of what a desk does about an article.
type Act struct {
	Article  int64       `json:"article"`
	Unit     tree.UnitID `json:"unit"`
	Version  int64       `json:"version,omitempty"`
	Revision int64       `json:"revision,omitempty"` // of the desk's text
	Due      time.Time   `json:"due,omitzero"`       // when it is to be published
	Text     *Text       `json:"text,omitempty"`
	Note     string      `json:"note,omitempty"`
	Open     bool        `json:"open,omitempty"`
	Name     string      `json:"name"`
}

// Sent is the payload of CommentSent.
type Sent struct {
	Comment int64        `json:"comment"`
	Article int64        `json:"article"`
	Name    string       `json:"name"`
	Email   string       `json:"email,omitempty"`
	Text    string       `json:"text"`
	Parent  int64        `json:"parent,omitempty"`
	Met     []Rule       `json:"met,omitempty"`
	Wants   bool         `json:"wants,omitempty"`  // to hear when it is shown
	Reader  int64        `json:"reader,omitempty"` // of the address
	State   CommentState `json:"state,omitempty"`  // "" of those before there were rules: waiting
}

// RulesSet is the payload of RulesWereSet.
type RulesSet struct {
	Rules
	Name string `json:"name"`
}

// CategoriesSet is the payload of CategoriesWereSet.
type CategoriesSet struct {
	List []DeskCategory `json:"list"`
	Name string         `json:"name"`
}

// Decided is the payload of what a desk does about a comment.
type Decided struct {
	Comment int64     `json:"comment"`
	Article int64     `json:"article"`
	Reason  string    `json:"reason,omitempty"`
	Reply   string    `json:"reply,omitempty"`
	Cuts    []Passage `json:"cuts,omitempty"`
	Topic   string    `json:"topic,omitempty"`
	Handed  int64     `json:"difficulty,omitempty"`
	Name    string    `json:"name,omitempty"` // who decided
}

func (a Article) tell(tx *ledger.Tx, kind ledger.Kind, act Act) error {
	act.Article, act.Unit = a.ID, a.Unit
	return tx.Append(ledger.New{Unit: int64(a.Unit), Kind: kind, Subject: Subject(a.ID), Payload: act})
}
