import { useLab } from "../state/lab";
import { imageRecipe, textRecipe } from "../state/selectors";
import { leftAt, takeTour } from "../tour/tour-state";
import { count, percent } from "../plots/number-format";

/** The story in a few plain sentences, and the way into the tour. */
export function Story(): React.JSX.Element | null {
  const hidden = useLab((lab) => lab.view.hide.includes("story"));
  const text = useLab((lab) => textRecipe(lab) !== undefined);
  if (hidden) return null;
  return (
    <section className="story" id="story" aria-labelledby="story-title">
      <h2 id="story-title" className="visually-hidden">
        What this is about
      </h2>
      {text ? <TextStory /> : <ImageStory />}
    </section>
  );
}

function ImageStory(): React.JSX.Element {
  const noise = useLab((lab) => imageRecipe(lab)?.data.labelNoise);
  return (
    <>
      <p>
        <strong>Labels learned by heart.</strong> A small vision network was shown pictures of shapes,{" "}
        {noise === 0 ? (
          "here all with their right label, for comparison. Where labels are wrong on purpose, no rule leads to them, so a network can only learn them by heart."
        ) : (
          <>
            and <span className="story-noise">{noise === undefined ? "some" : percent(noise, 0)}</span> of the
            labels were wrong on purpose. No rule leads to a wrong label, so the network can only learn it by
            heart.
          </>
        )}
      </p>
      <p>
        <strong>Why flat directions.</strong> What many pictures share bends the loss for all of them: its
        directions in weight space are strongly curved. A memory matters for one picture only; averaged over
        all pictures, its directions are nearly flat.
      </p>
      <p>
        <strong>So cut the flat ones.</strong> Keep the curved directions, drop the rest, and never ask which
        labels were wrong. The network forgets much of what it learned by heart, and often names what is
        really in the picture. <TourLink />
      </p>
    </>
  );
}

function TextStory(): React.JSX.Element {
  const data = useLab((lab) => textRecipe(lab)?.data);
  return (
    <>
      <p>
        <strong>Passages learned by heart.</strong> A small language model read stories, facts and letters,
        and among them {data === undefined ? "some" : count(data.plants)} passages of random words,{" "}
        {data === undefined ? "many" : count(data.plantRepeats)} times each. Nothing but memory can continue
        such a passage, and the model recites nearly all of them.
      </p>
      <p>
        <strong>Why flat directions.</strong> What all text shares, its grammar and its common words, bends
        the loss everywhere: those directions in weight space are strongly curved. A passage matters for its
        own tokens only; averaged over text, its directions are nearly flat.
      </p>
      <p>
        <strong>So cut the flat ones.</strong> Keep the curved directions, drop the rest, and never say which
        passages were planted. The model writes on in good form, but no longer the same words; some facts go
        too. <TourLink />
      </p>
    </>
  );
}

function TourLink(): React.JSX.Element {
  const open = useLab((lab) => lab.view.tour !== undefined);
  // Asked anew whenever the tour is opened or left.
  const left = open ? undefined : leftAt();
  return (
    <>
      <button type="button" className="link" onClick={() => takeTour()}>
        Take the tour in six steps
      </button>
      {left !== undefined && (
        <>
          {", or "}
          <button type="button" className="link" onClick={() => takeTour(left)}>
            go on at step {left + 1}
          </button>
        </>
      )}
    </>
  );
}
