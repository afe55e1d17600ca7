package code_test

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"giaoban/internal/base/testing/count"
	"giaoban/internal/part/news/code"
)

// samplesOf are a sound's, between -1 and 1.
func samplesOf(t *testing.T, file []byte) []float64 {
	t.Helper()
	list := make([]float64, 0, len(file))
	for _, b := range file[44:] {
		list = append(list, (float64(b)-128)/127)
	}
	return list
}

// recorded are the recordings that the program speaks with, which anybody can have.
func recorded(t *testing.T) map[rune][]float64 {
	t.Helper()
	all := map[rune][]float64{}
	for _, character := range code.Alphabet {
		file, err := os.ReadFile("voice/" + string(character) + ".wav")
		if err != nil {
			t.Fatal(err)
		}
		for at := 44; at+1 < len(file); at += 2 {
			all[character] = append(all[character], float64(int16(binary.LittleEndian.Uint16(file[at:])))/(1<<15))
		}
	}
	return all
}

// A sound is neither silent nor cut off, lasts long enough to be typed meanwhile, and no
// character sounds the same twice.
func TestASoundIsHeardWhole(t *testing.T) {
	for seed := range uint64(10) {
		file, err := code.Sound("66666", seed) // the shortest there is
		if err != nil {
			t.Fatal(err)
		}
		samples := samplesOf(t, file)
		if seconds := float64(len(samples)) / 16000; seconds < 8 || seconds > 20 {
			t.Errorf("a sound lasts %.1f s", seconds)
		}
		if loudest := max(slices.Max(samples), -slices.Min(samples)); loudest < .6 || loudest > .99 {
			t.Errorf("the loudest sample is %.2f", loudest)
		}
		parts := spokenParts(samples)
		if len(parts) != 5 {
			t.Fatalf("%d characters are heard", len(parts))
		}
		for _, other := range parts[1:] {
			if alike := wavesAlike(samples[max(other[0]-400, 0):other[1]+400], samples[parts[0][0]:parts[0][1]]); alike > .95 {
				t.Errorf("the same character is spoken twice alike by %.2f", alike)
			}
		}
	}
}

// spokenParts are the stretches of a sound between pauses of a third of a second.
func spokenParts(samples []float64) (parts [][2]int) {
	const quiet = 16000 / 3
	from, last := -1, -1
	for i, sample := range samples {
		if math.Abs(sample) < .1 {
			continue
		}
		if from >= 0 && i-last > quiet {
			parts = append(parts, [2]int{from, last})
			from = i
		}
		if from < 0 {
			from = i
		}
		last = i
	}
	if from >= 0 {
		parts = append(parts, [2]int{from, last})
	}
	return parts
}

// heardBy is what a robot makes of a sound that gives each part to the recording which it is
// most like.
func heardBy(samples []float64, recordings map[rune][]float64, like func(part, recording []float64) float64) (heard string) {
	for _, at := range spokenParts(samples) {
		best, who := math.Inf(-1), '?'
		for character, recording := range recordings {
			if alike := like(samples[max(at[0]-400, 0):min(at[1]+400, len(samples))], recording); alike > best {
				best, who = alike, character
			}
		}
		heard += string(who)
	}
	return heard
}

// TestAProgramThatHasTheRecordingsDoesNotFindThemInTheSound is a robot without a recogniser:
// it has the recordings, which are public, and looks for their waves in the sound, a little
// faster or slower. How many codes one hears that compares spectra is printed, not bound:
// what people understand, a recogniser does, too (docs/decisions/0095).
func TestAProgramThatHasTheRecordingsDoesNotFindThemInTheSound(t *testing.T) {
	dice := rand.New(rand.NewPCG(count.Seed(3), 0))
	recordings := recorded(t)
	waves, compared, n := 0, 0, count.Of(8, 100)
	for range n {
		text := ""
		for range 5 {
			text += string(code.Alphabet[dice.IntN(len(code.Alphabet))])
		}
		file, err := code.Sound(text, dice.Uint64())
		if err != nil {
			t.Fatal(err)
		}
		samples := samplesOf(t, file)
		if heardBy(samples, recordings, wavesAlike) == text {
			waves++
		}
		if heardBy(samples, recordings, spectraAlike) == text {
			compared++
		}
	}
	t.Logf("a robot that looks for the recordings' waves hears %d of %d codes, one that compares spectra %d", waves, n, compared)
	if most := max(1, int(tooOften*float64(n))-1); waves > most { // of a few one is chance
		t.Errorf("the waves of the recordings give away %d of %d codes, want at most %d", waves, n, most)
	}
}

// spectraAlike is how little two sounds differ in the loudness of their bands, each moment
// of one laid on the moment of the other that fits.
func spectraAlike(part, recording []float64) float64 {
	a, b := bands(part), bands(recording)
	row := make([]float64, len(b)+1)
	for j := range row {
		row[j] = math.Inf(1)
	}
	row[0] = 0
	for _, left := range a {
		diagonal := row[0]
		row[0] = math.Inf(1)
		for j, right := range b {
			differ := 0.0
			for k := range left {
				differ += (left[k] - right[k]) * (left[k] - right[k])
			}
			diagonal, row[j+1] = row[j+1], differ+min(diagonal, row[j], row[j+1])
		}
	}
	return -row[len(b)] / float64(len(a)+len(b))
}

// bands are how loud a sound is in bands from 200 to 5000 Hz, in steps of 20 ms, in logarithms without their mean.
func bands(samples []float64) (list [][]float64) {
	const step, many = 16000 / 50, 16
	for from := 0; from+2*step <= len(samples); from += step {
		frame := make([]float64, many)
		mean := 0.0
		for k := range frame {
			turn := 2 * math.Cos(2*math.Pi*200*math.Pow(25, float64(k)/(many-1))/16000)
			one, two := 0.0, 0.0
			for i, sample := range samples[from : from+2*step] {
				window := .5 - .5*math.Cos(math.Pi*float64(i)/step)
				one, two = sample*window+turn*one-two, one
			}
			frame[k] = math.Log(one*one + two*two - turn*one*two + .01)
			mean += frame[k] / many
		}
		for k := range frame {
			frame[k] -= mean
		}
		list = append(list, frame)
	}
	return list
}

// wavesAlike is the largest correlation, from 0 to 1, of a part with a recording that is played
// a little faster or slower.
func wavesAlike(part, recording []float64) (best float64) {
	for factor := .92; factor <= 1.081; factor += .005 {
		played := make([]float64, int(float64(len(recording)-1)/factor))
		energy := 0.0
		for i := range played {
			at := float64(i) * factor
			before := int(at)
			played[i] = recording[before] + (recording[before+1]-recording[before])*(at-float64(before))
			energy += played[i] * played[i]
		}
		for shift := 0; shift <= 800 && shift+len(played) <= len(part); shift += 8 {
			dot, power := 0.0, 0.0
			for i := 0; i < len(played); i += 4 {
				s := part[shift+i]
				dot += s * played[i]
				power += s * s
			}
			if power > 0 {
				best = max(best, dot/math.Sqrt(power*energy/4))
			}
		}
	}
	return best
}
