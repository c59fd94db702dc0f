#!/usr/bin/env bash
# permapress-push.sh PATH…: commits what a run made under these paths and pushes it, on top of what others pushed in
# the meantime. Nothing but these paths is committed. Where both sides changed the same post, the pushed one stays: the
# page behind ours is in the WARC files. The state file keeps the lines of both (.gitattributes: merge=union).
set -euo pipefail

attempts=5
pause_s=${PERMAPRESS_PAUSE_S:-3}

paths=()
for path in "$@"; do
    [ -e "$path" ] && paths+=("$path")
done
if [ ${#paths[@]} = 0 ]; then
    echo "nothing to commit: none of these is there: $*"
    exit 0
fi

if ! git config user.email > /dev/null; then
    export GIT_AUTHOR_NAME=permapress GIT_AUTHOR_EMAIL=permapress@users.noreply.github.com
    export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL
fi

git add --all -- "${paths[@]}"
if git diff --cached --quiet -- "${paths[@]}"; then
    echo "nothing to commit"
    exit 0
fi
posts=$(git diff --cached --name-only -z -- "${paths[@]}" | tr '\0' '\n' | grep -c '\.md$' || true)
git commit --quiet --message "permapress: $posts posts" -- "${paths[@]}"

onto_theirs() { # our commit on top of what is there now; a file that cannot be merged is theirs
    git fetch --quiet origin "$branch" || return 0 # the branch is not there yet, or the push will tell
    git rebase --quiet --autostash --strategy-option=ours FETCH_HEAD && return 0
    local step
    for ((step = 1; step <= 20; step++)); do # a step for each commit of ours that cannot be merged; there is one
        [ -d "$(git rev-parse --git-path rebase-merge)" ] || return 0
        while IFS= read -r -d '' path; do
            git checkout --quiet --ours -- "$path" 2> /dev/null && git add -- "$path" || git rm --quiet --force -- "$path"
        done < <(git diff --name-only --diff-filter=U -z)
        if git diff --cached --quiet; then
            git rebase --skip || true
        else
            git -c core.editor=true rebase --continue || true
        fi
    done
    git rebase --abort
}

branch=$(git symbolic-ref --short HEAD)
for ((attempt = 1; attempt <= attempts; attempt++)); do
    onto_theirs
    if git push --quiet origin "HEAD:refs/heads/$branch"; then
        echo "pushed at attempt $attempt: $posts posts"
        exit 0
    fi
    echo "attempt $attempt of $attempts was refused" >&2
    [ "$attempt" = "$attempts" ] || sleep $((pause_s * attempt))
done
echo "not pushed; the commit is here only, and the next run does its work again" >&2
exit 1
