#!/bin/sh
# What `slack deploy` calls (.slack/hooks.json): puts this checkout where DEPLOY_TO says.
set -eu
cd "$(dirname "$0")/.."

case "${DEPLOY_TO:-}" in
    heroku)  # needs the git remote that `heroku git:remote --app NAME` adds
        git push heroku HEAD:main
        ;;
    compose)  # needs Docker, and .env with the tokens and POSTGRES_PASSWORD
        docker compose --env-file .env --file deploy/compose.yaml up --build --detach
        ;;
    fargate)  # needs the AWS CLI, IMAGE with the registry's name and a tag, and a stack of deploy/fargate.yaml
        docker build --file deploy/Dockerfile --build-arg "KNOWLEDGE=${KNOWLEDGE:-}" --tag "$IMAGE" .
        docker push "$IMAGE"
        aws cloudformation deploy --stack-name "${STACK:-srmbot}" --template-file deploy/fargate.yaml \
            --capabilities CAPABILITY_IAM --parameter-overrides "Image=$IMAGE"
        ;;
    *)
        echo "set DEPLOY_TO to heroku, compose or fargate; docs/deploy.md says what each needs" >&2
        exit 1
        ;;
esac
