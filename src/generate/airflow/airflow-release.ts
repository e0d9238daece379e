/** What differs between the majors of Airflow, as far as the bundle goes. */
export interface AirflowRelease {
  readonly version: string;
  readonly major: 2 | 3;
  /** Requirements beside Airflow itself, pinned: these versions were installed and run together. */
  readonly requirements: readonly string[];
  /** Python of the image. */
  readonly python: string;
  /** The lines that import what DAG files use. */
  readonly imports: AirflowImports;
}

export interface AirflowImports {
  readonly dag: string;
  readonly command: string;
  readonly sensor: string;
}

/** What goes with a version of Airflow. */
export function airflowRelease(version: string): AirflowRelease {
  return version.startsWith("2.") ? { ...SECOND, version } : { ...THIRD, version };
}

const SECOND: Omit<AirflowRelease, "version"> = {
  major: 2,
  python: "3.11",
  requirements: [
    "apache-airflow-providers-amazon==9.2.0",
    "apache-airflow-providers-apache-spark==5.0.0",
    "apache-airflow-providers-celery==3.10.0",
    "apache-airflow-providers-docker==4.0.0",
    "apache-airflow-providers-fab==1.5.3",
    "apache-airflow-providers-postgres==6.0.0",
    "apache-airflow-providers-slack==9.0.0",
    "pyspark==3.5.4",
  ],
  imports: {
    dag: "from airflow import DAG",
    command: "from airflow.operators.bash import BashOperator",
    sensor: "from airflow.sensors.python import PythonSensor",
  },
};

const THIRD: Omit<AirflowRelease, "version"> = {
  major: 3,
  python: "3.12",
  requirements: [
    "apache-airflow-providers-amazon==9.39.0",
    "apache-airflow-providers-apache-spark==6.3.4",
    "apache-airflow-providers-celery==3.26.0",
    "apache-airflow-providers-docker==4.6.1",
    "apache-airflow-providers-fab==3.10.2",
    "apache-airflow-providers-postgres==7.1.1",
    "apache-airflow-providers-slack==9.11.1",
    "apache-airflow-providers-standard==1.21.0",
    "pyspark==4.0.1",
  ],
  imports: {
    dag: "from airflow.sdk import DAG",
    command: "from airflow.providers.standard.operators.bash import BashOperator",
    sensor: "from airflow.providers.standard.sensors.python import PythonSensor",
  },
};
