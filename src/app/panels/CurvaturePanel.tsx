import { Explain } from "../controls/Explain";
import { SourcesSection } from "../texts/SourcesSection";
import { BandSection } from "./BandSection";
import { EditSection } from "./EditSection";
import { Panel } from "./Panel";
import { PlaneSection } from "./PlaneSection";
import { SpectrumSection } from "./SpectrumSection";

/** Second column: the curvature of one weight matrix, and what an edit keeps of it. */
export function CurvaturePanel(): React.JSX.Element {
  return (
    <Panel
      name="curvature"
      title="Curvature"
      question="Which directions does the loss care about?"
      source={
        <>
          In the paper: <Explain term="factors">A and G</Explain>, section 2.3, equation 1;{" "}
          <Explain term="bands">bands</Explain>, section 3.1, figures 2 and 5;{" "}
          <Explain term="projection">the edit</Explain>, section 4.
        </>
      }
    >
      <PlaneSection />
      <EditSection />
      <SourcesSection />
      <BandSection />
      <SpectrumSection />
    </Panel>
  );
}
