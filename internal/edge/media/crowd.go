package media

// Crowd is whether picture and sound of all rooms together take more than there is: not one
// site's own line is short then, but what carries everybody's. Rather than have all pictures
// stutter, everybody takes a smaller layer of each camera's picture, and a larger one when there
// is room again. The zero Crowd has room.
type Crowd struct {
	Step    Step
	Because Shortage // of the last step down; "" while pictures are whole
	Seen    Look     // at the last step down

	against  int // looks in a row at which something was short
	roomy    int // looks in a row at which a step back had room
	patience int // roomy looks that a step back takes; 0 is calm
	returned bool
}

// Step is how many layers below the largest everybody takes a camera's picture.
type Step int

// The steps, of which browsers know the layers: 720, 360 and 180 lines.
const (
	Whole Step = iota
	Smaller
	Smallest
)

// Shortage is what is short.
type Shortage string

// What may be short.
const (
	Processor Shortage = "processor" // of the machine that the media process runs on
	Lines     Shortage = "lines"     // what many sites have in common of their lines: ours
)

// Look is one look at what is carried, and how.
type Look struct {
	Busy  float64 // the share of all processors of this machine that is in use, 0 to 1
	Media float64 // what the media process has of that; 0 where it runs elsewhere
	Told  int     // sites that tell of their lines
	Poor  int     // those of them whose line is weak or bad
}

// When something is short.
const (
	busy      = 0.9  // of the machine: what is sent on time needs the rest
	much      = 0.33 // of the machine for the media process: less gets its turn whatever else there is
	fewestBad = 4    // sites: fewer are chance
	oneIn     = 3    // of those that tell: so many at once are nobody's own line
	larger    = 3    // as much as a layer takes the next larger one, at most
	free      = 0.85 // of the machine in use, after a step back
)

// How many looks it takes.
const (
	bears       = 3   // short, before a step down
	calm        = 15  // roomy, before a step back
	longestCalm = 300 // roomy, after many relapses
)

// short is what is short at a look; "" for nothing.
func (l Look) short() Shortage {
	switch {
	case l.Busy > busy && l.Media > much:
		return Processor
	case l.Poor >= fewestBad && l.Poor*oneIn >= l.Told:
		return Lines
	}
	return ""
}

// room says whether the next larger layer has room: a guess for the processor, which
// knows what the pictures take, and for lines no more than that they are well.
func (l Look) room() bool {
	return l.Busy+(larger-1)*l.Media < free && l.Poor*2*oneIn <= l.Told
}

// After is the crowd after one more look. A step down takes a few looks in a row at which
// something is short, one back many more, and after each relapse twice as many: nothing
// goes to and fro.
func (c Crowd) After(l Look) Crowd {
	c.patience = max(c.patience, calm)
	if why := l.short(); why != "" {
		c.roomy = 0
		if c.against++; c.against >= bears && c.Step < Smallest {
			return c.down(why, l)
		}
		return c
	}
	c.against = 0
	if c.roomy++; !l.room() {
		c.roomy = 0
	}
	switch {
	case c.Step > Whole && c.roomy >= c.patience:
		c.Step, c.roomy, c.returned = c.Step-1, 0, true
		if c.Step == Whole {
			c.Because, c.Seen = "", Look{}
		}
	case c.Step == Whole && c.roomy >= longestCalm: // what came back has stayed
		c.patience, c.returned = calm, false
	}
	return c
}

// down is a step down.
func (c Crowd) down(why Shortage, seen Look) Crowd {
	if c.returned {
		c.patience, c.returned = min(2*c.patience, longestCalm), false
	}
	c.Step, c.Because, c.Seen, c.against = c.Step+1, why, seen, 0
	return c
}
