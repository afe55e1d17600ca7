package media_test

import (
	"os"
	"testing"

	"pgregory.net/rapid"

	"giaoban/internal/edge/media"
)

// looks are those that the letters of a history stand for.
var looks = map[rune]media.Look{
	'p': {Busy: 0.97, Media: 0.4, Told: 60},          // the processor is short
	'o': {Busy: 0.97, Media: 0.05, Told: 60},         // for something else than pictures
	'l': {Busy: 0.3, Media: 0.1, Told: 60, Poor: 20}, // the lines of a third of all sites
	'w': {Busy: 0.3, Media: 0.1, Told: 60, Poor: 15}, // fewer: neither short nor room
	'f': {Told: 3, Poor: 3},                          // all of a few sites
	't': {Busy: 0.6, Media: 0.3, Told: 60},           // enough, and no room for thrice as much
	'.': {Busy: 0.3, Media: 0.15, Told: 60, Poor: 2}, // room
	',': {Busy: 0.3},                                 // room, where nobody tells and LiveKit is elsewhere
}

func run(c media.Crowd, history string) media.Crowd {
	for _, letter := range history {
		c = c.After(looks[letter])
	}
	return c
}

// of is so many looks alike.
func of(n int, letter rune) (history string) {
	for range n {
		history += string(letter)
	}
	return history
}

func TestPicturesGrowSmallerForAllWhenWhatCarriesThemIsShort(t *testing.T) {
	for _, c := range []struct {
		history string
		step    media.Step
		because media.Shortage
	}{
		{"", media.Whole, ""},
		{"pp", media.Whole, ""},
		{"pp.pp", media.Whole, ""}, // hiccups
		{"ppp", media.Smaller, media.Processor},
		{"ppppp", media.Smaller, media.Processor}, // one step is given time to help
		{"pppppp", media.Smallest, media.Processor},
		{"ppppppppppppppp", media.Smallest, media.Processor}, // the smallest there is
		{of(60, 'o'), media.Whole, ""},
		{"lll", media.Smaller, media.Lines},
		{"ppplll", media.Smallest, media.Lines},
		{of(60, 'w'), media.Whole, ""},
		{of(60, 'f'), media.Whole, ""},
		{"ppp" + of(14, '.'), media.Smaller, media.Processor},
		{"ppp" + of(15, '.'), media.Whole, ""},
		{"lll" + of(15, ','), media.Whole, ""},
		{"ppp" + of(60, 't'), media.Smaller, media.Processor},
		{"lll" + of(60, 'w'), media.Smaller, media.Lines},
		{"pppppp" + of(15, '.'), media.Smaller, media.Processor},
		{"pppppp" + of(30, '.'), media.Whole, ""},
		{"lll" + of(15, '.') + "lll" + of(29, '.'), media.Smaller, media.Lines}, // after a relapse it takes twice as long
		{"lll" + of(15, '.') + "lll" + of(30, '.'), media.Whole, ""},
		{"lll" + of(315, '.') + "lll" + of(15, '.'), media.Whole, ""}, // what is long past counts no more
	} {
		got := run(media.Crowd{}, c.history)
		if got.Step != c.step || got.Because != c.because {
			t.Errorf("after %q everybody is %d steps down because of %q, want %d because of %q", c.history, got.Step, got.Because, c.step, c.because)
		}
	}
	if seen := run(media.Crowd{}, "ppp..").Seen; seen != looks['p'] {
		t.Errorf("it is said to be for %+v, want %+v", seen, looks['p'])
	}
}

// Whatever happens, a step is one layer, down after three looks at which something was short,
// back after fifteen at which there was room, and few of them in all.
func TestStepsAreSmallAndFew(t *testing.T) {
	letters := []rune("polwft.,")
	rapid.Check(t, func(t *rapid.T) {
		var c media.Crowd
		short, room, back, n := 0, 0, 0, 0
		for range rapid.IntRange(1, 40).Draw(t, "runs") {
			letter := rapid.SampledFrom(letters).Draw(t, "look")
			for range rapid.IntRange(1, 80).Draw(t, "times") {
				n++
				if letter == 'p' || letter == 'l' {
					short, room = short+1, 0
				} else if short = 0; letter == 't' || letter == 'w' || letter == 'f' || letter == 'o' {
					room = 0
				} else {
					room++
				}
				next := c.After(looks[letter])
				switch {
				case next.Step < media.Whole || next.Step > media.Smallest || next.Step > c.Step+1 || next.Step < c.Step-1:
					t.Fatalf("from step %d to %d", c.Step, next.Step)
				case next.Step > c.Step && short < 3:
					t.Fatalf("a step down after %d looks", short)
				case next.Step < c.Step && room < 15:
					t.Fatalf("a step back after %d looks", room)
				case (next.Step == media.Whole) != (next.Because == ""):
					t.Fatalf("at step %d because of %q", next.Step, next.Because)
				}
				if next.Step < c.Step {
					back++
				}
				c = next
			}
		}
		if back > 12+n/100 {
			t.Fatalf("%d steps back in %d looks", back, n)
		}
	})
}

// A machine on which the same sites look all the time comes to rest: no step back is regretted,
// whatever else the machine does and however much less a smaller layer takes, down to a third.
func TestAMachineComesToRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		other := rapid.Float64Range(0, 1).Draw(t, "what else it does")
		takes := rapid.Float64Range(0, 3).Draw(t, "what whole pictures take")
		less := rapid.Float64Range(1.0/3, 1).Draw(t, "what a smaller layer takes of that")
		var c media.Crowd
		returned := false
		for range 2000 {
			now := takes
			for range c.Step {
				now *= less
			}
			fits := min(1, 1/(other+now))
			next := c.After(media.Look{Busy: min(1, other+now), Media: now * fits})
			if next.Step > c.Step && returned {
				t.Fatalf("a step back to %d was regretted", c.Step)
			}
			returned = returned || next.Step < c.Step
			c = next
		}
	})
}

// Where it is the lines, nobody knows beforehand whether there is room: it is tried, more
// and more seldom.
func TestWhatMayHaveRoomIsTriedSeldom(t *testing.T) {
	var c media.Crowd
	down := 0
	for range 1800 { // an hour
		letter := '.'
		if c.Step == media.Whole {
			letter = 'l'
		}
		next := c.After(looks[letter])
		if next.Step > c.Step {
			down++
		}
		c = next
	}
	if down > 10 {
		t.Errorf("the pictures grew smaller %d times in an hour", down)
	}
}

func TestTheMeterSeesThisProcessAtWork(t *testing.T) {
	if _, err := os.Stat("/proc/stat"); err != nil {
		t.Skip("this system does not tell:", err)
	}
	var m media.Meter
	if busy, own := m.Look(os.Getpid()); busy != 0 || own != 0 {
		t.Errorf("the first look says %v and %v", busy, own)
	}
	before, err := media.ProcessorTime(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	for now := before; now < before+10*10_000_000; { // ten ticks
		if now, err = media.ProcessorTime(os.Getpid()); err != nil {
			t.Fatal(err)
		}
	}
	busy, own := m.Look(os.Getpid())
	if own <= 0 || own > 1.01 || busy > 1 {
		t.Errorf("the machine is busy by %v, this process by %v", busy, own)
	}
	if busy, own := m.Look(0); busy != 0 || own != 0 {
		t.Errorf("of no process it says %v and %v", busy, own)
	}
}
