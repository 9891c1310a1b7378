import Header from "@cloudscape-design/components/header";

export function App() {
  return <Header variant="h1">Sallyport</Header>;
}
